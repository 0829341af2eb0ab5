import org.jspecify.annotations.NullMarked;

/**
 * JSON: the mapping of records, strict parsing, schemas of inputs and merge patches. Knows neither HTTP nor the domain.
 */
@NullMarked
module dealbrain.json {
    requires transitive org.jspecify; // at run time too: @Nullable marks the members of an input that may be null
    requires transitive com.fasterxml.jackson.databind; // JsonNode, in the free-form members of records
    requires com.github.victools.jsonschema.generator;
    requires transitive jakarta.validation; // @Size and other constraints, on the records of the domain
    requires com.fasterxml.classmate;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.github.victools.jsonschema.module.jackson;
    requires com.github.victools.jsonschema.module.jakarta.validation;
    requires com.networknt.schema;
    requires dealbrain.waterfall; // the steps of a request

    exports dealbrain.json;

    opens dealbrain.json to
            com.fasterxml.jackson.databind; // InputError
}
