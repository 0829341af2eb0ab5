import org.jspecify.annotations.NullMarked;

/** HTTP over the JDK's server: routes, filters, strict input, problem documents, the OpenAPI document. Knows no domain. */
@NullMarked
module dealbrain.http {
    requires transitive org.jspecify; // at run time too: @Nullable says which members of an input may be null
    requires transitive com.fasterxml.jackson.databind; // JsonNode, in the free-form fields of records
    requires transitive jakarta.validation; // @Size and its like, on the records of the domain
    requires com.fasterxml.classmate;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.github.victools.jsonschema.generator;
    requires com.github.victools.jsonschema.module.jackson;
    requires com.github.victools.jsonschema.module.jakarta.validation;
    requires com.networknt.schema;
    requires jdk.httpserver;
    requires org.slf4j;

    exports dealbrain.http;

    opens dealbrain.http to
            com.fasterxml.jackson.databind; // Problem, PageQuery
}
