package dealbrain.transfer;

import dealbrain.json.Default;

/** The query of an export. */
record ExportQuery(@Default("\"json\"") ExportFormat format) {}
