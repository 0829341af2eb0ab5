package dealbrain.transfer;

import dealbrain.json.Default;

/** The query of an import; a dry run checks the file and changes nothing. */
record ImportQuery(@Default("false") boolean dryRun) {}
