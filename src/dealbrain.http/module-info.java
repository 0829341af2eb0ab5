import org.jspecify.annotations.NullMarked;

/** HTTP over the JDK's server: routes, filters, problem documents, the OpenAPI document. Knows no domain. */
@NullMarked
module dealbrain.http {
    requires static transitive org.jspecify;
    requires transitive dealbrain.json; // RawJson, MergePatch, the annotations of inputs
    requires jdk.httpserver;
    requires org.slf4j;

    exports dealbrain.http;

    opens dealbrain.http to
            com.fasterxml.jackson.databind; // Problem, PageQuery
}
