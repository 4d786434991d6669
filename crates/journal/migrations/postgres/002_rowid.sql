-- Only SQLite keeps rows in the tree of their key; here they lie in a heap already.
SELECT 1;
