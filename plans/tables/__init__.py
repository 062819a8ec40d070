"""Tables: the register as a workbook that people keep in a spreadsheet, in and out."""
