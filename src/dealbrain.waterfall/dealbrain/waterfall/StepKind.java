package dealbrain.waterfall;

/** What a step of a request is. */
public enum StepKind {
    /** The execution of a statement, until the last row was received. */
    STATEMENT,
    /** Waiting for a connection of the pool. */
    CONNECTION,
    /** The part of a statement in which PostgreSQL waited for a lock that another transaction held. */
    LOCK,
    /** Waiting until all instances have received the change of the request. */
    ACKNOWLEDGEMENT,
    /** Waiting for the load of a cache entry that another request had started. */
    SHARED_LOAD,
    /** Receiving the body of the request. */
    REQUEST_BODY,
    /** Writing JSON into memory. */
    JSON,
    /** Compressing the response. */
    GZIP,
    /** Writing the response to the socket, which takes as long as the client does not read it. */
    SOCKET
}
