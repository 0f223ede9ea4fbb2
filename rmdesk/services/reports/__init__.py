"""Reports of a stretch of days: tables with real figures, to read, print, save as PDF or take along as a workbook."""
