-- Who did it at the command line, as the operating system calls them; none where it was the person of the line. A line about nobody
-- has the account 0, which no account is.

ALTER TABLE outcomes ADD COLUMN operator TEXT;
