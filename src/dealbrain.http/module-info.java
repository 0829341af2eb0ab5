import org.jspecify.annotations.NullMarked;

/**
 * HTTP on the server of the JDK: routes, filters, problem documents and the OpenAPI document. Has no domain knowledge.
 */
@NullMarked
module dealbrain.http {
    requires static transitive org.jspecify;
    requires transitive dealbrain.csv; // CsvFile, a body
    requires transitive dealbrain.json; // RawJson, MergePatch, the annotations of inputs
    requires dealbrain.recording; // RecordedRequests
    requires dealbrain.waterfall; // the steps of a request
    requires jdk.httpserver;
    requires jdk.management; // the number of open files
    requires org.slf4j;

    exports dealbrain.http;

    opens dealbrain.http to
            com.fasterxml.jackson.databind; // Problem, PageQuery
}
