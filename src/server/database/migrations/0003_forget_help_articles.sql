-- There is no such part of the chat any more; what is stored of it would not pass the settings' schema.
UPDATE "inboxes" SET "settings" = "settings" #- '{features,help}' WHERE "settings" #> '{features,help}' IS NOT NULL;
