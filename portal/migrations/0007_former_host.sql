-- The host that an internal address had before an administrator gave it another one; none in every other line.

ALTER TABLE outcomes ADD COLUMN former_host TEXT;
