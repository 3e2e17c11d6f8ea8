-- The icons of apps, as the API gives them.
CREATE TABLE app_icons (
    app_id  TEXT PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    version TEXT NOT NULL, -- of the picture's bytes; another picture has another one
    url     TEXT NOT NULL  -- the picture, as a data: URL
);
