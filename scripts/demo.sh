# Filled in later.
demo() { die "demo"; }
