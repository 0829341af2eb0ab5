import org.jspecify.annotations.NullMarked;

/**
 * The verdict on a listing: the rules and references by which it is valued and scored, and what they amount to. The
 * arithmetic is in sql/0023-valuation.sql.
 */
@NullMarked
module dealbrain.valuation {
    requires static transitive org.jspecify;
    requires transitive dealbrain.json;

    exports dealbrain.valuation;

    opens dealbrain.valuation to
            com.fasterxml.jackson.databind;
}
