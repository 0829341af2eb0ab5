package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SortOrderTest {
    private static final InputSchemas SCHEMAS = new InputSchemas();

    private enum Order implements SortOrder {
        NEWEST("-created_at"),
        CHEAPEST("price_usd"),
        BEST("score-2");

        private final String parameter;

        Order(String parameter) {
            this.parameter = parameter;
        }

        @Override
        public String parameter() {
            return parameter;
        }
    }

    private record Query(
            @Default("\"-created_at\"") Order sort,
            @Nullable Order thenBy) {}

    private static Query bind(Map<String, List<String>> parameters) {
        return SCHEMAS.bindQuery(parameters, Query.class);
    }

    @Nested
    class Schema {
        @Test
        void listsTheParametersInTheirOrder() {
            assertEquals(
                    "[\"-created_at\",\"price_usd\",\"score-2\"]",
                    SCHEMAS.input(Query.class).properties().at("/sort/enum").toString());
        }
    }

    @Nested
    class Bind {
        @Test
        void readsTheParameterOfAConstant() {
            assertEquals(
                    new Query(Order.CHEAPEST, Order.BEST),
                    bind(Map.of("sort", List.of("price_usd"), "then_by", List.of("score-2"))));
        }

        @Test
        void appliesTheDefault() {
            assertEquals(new Query(Order.NEWEST, null), bind(Map.of()));
        }

        @Test
        void rejectsOtherValuesAndListsTheAllowedOnes() {
            for (String value : List.of("newest", "NEWEST", "created_at", "Price_usd")) {
                InvalidInputException invalid =
                        assertThrows(InvalidInputException.class, () -> bind(Map.of("sort", List.of(value))));
                assertEquals(
                        List.of(InputError.in(
                                "sort", "sort must be one of -created_at, price_usd, score-2, was \"" + value + "\"")),
                        invalid.errors());
            }
        }

        @Test
        void readsWhatJsonWrites() {
            Query query = new Query(Order.NEWEST, Order.BEST);
            assertEquals("{\"sort\":\"-created_at\",\"then_by\":\"score-2\"}", Json.text(query));
            assertEquals(query, Json.read(Json.text(query), Query.class));
        }
    }
}
