package dealbrain.operations;

/** What statistics of a version are about. */
enum VersionSubject {
    ROUTE,
    STATEMENT
}
