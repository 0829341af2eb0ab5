package dealbrain.transfer;

import dealbrain.json.Default;

/** The query of an export. */
public record ExportQuery(@Default("\"json\"") ExportFormat format) {}
