package dealbrain.transfer;

/** The kinds of files that a collection can be exported to. */
enum ExportFormat {
    /** RFC 4180, for spreadsheets. */
    CSV("text/csv; charset=utf-8; header=present"),
    /** A {@link CollectionFile}, which can be imported again. */
    JSON("application/json");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }
}
