//! Workbooks as people keep them: find the table, map it, read every cell.
