-- role "other": session defaults differ: search_path
ALTER ROLE "other" SET "search_path" TO '$user', 'data';
