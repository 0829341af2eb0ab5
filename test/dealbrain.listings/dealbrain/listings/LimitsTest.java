package dealbrain.listings;

import static dealbrain.testing.Records.requireAsGiven;
import static dealbrain.testing.Records.with;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.Port;
import dealbrain.json.Json;
import dealbrain.testing.Fixtures;
import dealbrain.testing.TestDatabase;
import dealbrain.valuation.ValuationRule;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The constraints of the tables must allow all values that the annotations of an input allow. Others would cause a
 * 500.
 */
class LimitsTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** The members that name a part, which must exist. */
    private static final Set<String> PART_NAMES = Set.of("cpu", "gpu", "portsProfile", "activeProfile", "ruleset");

    private static Fixtures fixtures;

    @BeforeAll
    static void connect() {
        fixtures = new Fixtures(database.jdbi());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areTheSameInTheDatabase(boolean upper) {
        User ada = fixtures.user("ada");
        Catalog catalog = fixtures.catalog;
        requireStored(catalog, PartKind.CPU, upper);
        requireStored(catalog, PartKind.GPU, upper);
        requireStored(catalog, PartKind.RAM_SPEC, upper);
        requireStored(catalog, PartKind.STORAGE_PROFILE, upper);
        requireStored(catalog, PartKind.PORTS_PROFILE, upper);
        requireStored(catalog, PartKind.SCORING_PROFILE, upper);
        requireStored(catalog, PartKind.RULESET, upper);
        ListingInput listing = at(ListingInput.class, upper);
        requireAsGiven(listing, fixtures.listings.create(ada, listing));
    }

    private static <P extends Part, I extends Record & PartInput> void requireStored(
            Catalog catalog, PartKind<P, I> kind, boolean upper) {
        I input = at(kind.input(), upper);
        requireAsGiven(input, (Record) catalog.create(kind, input));
    }

    /** Returns an input with each member at its upper or lower limit. */
    private static <T extends Record> T at(Class<T> type, boolean upper) {
        try {
            List<Class<?>> types = new ArrayList<>();
            List<@Nullable Object> values = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                types.add(component.getType());
                values.add(limit(type.getDeclaredField(component.getName()), upper));
            }
            return type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object limit(Field member, boolean upper) {
        Class<?> type = member.getType();
        if (member.getDeclaringClass() == ListingInput.class && PART_NAMES.contains(member.getName())) {
            return null;
        } else if (type == String.class) {
            return text(member.getAnnotation(Size.class), member.isAnnotationPresent(Pattern.class), upper);
        } else if (type == Integer.class || type == int.class) {
            return (int)
                    (upper
                            ? member.getAnnotation(Max.class).value()
                            : member.getAnnotation(Min.class).value());
        } else if (type == BigDecimal.class) {
            return new BigDecimal(
                    upper
                            ? member.getAnnotation(DecimalMax.class).value()
                            : member.getAnnotation(DecimalMin.class).value());
        } else if (type == Instant.class) {
            return Instant.parse(upper ? "9999-12-31T23:59:59Z" : "1970-01-01T00:00:00Z");
        } else if (member.getName().equals("references")) {
            return Json.read(upper ? "{\"price_per_mark\": [0, 1000000000]}" : "{}", ObjectNode.class);
        } else if (type == ObjectNode.class) {
            return Json.read(
                    upper
                            ? "{\"\": [null, -0.0, 1e-40, " + "9".repeat(40)
                                    + ", \"\\u0001\\uffff\\\\'\"], \"😀\": {\"a\": []}}"
                            : "{}",
                    ObjectNode.class);
        } else if (type == Map.class) {
            return upper
                    ? Map.of(
                            "",
                            new BigDecimal("9".repeat(40)),
                            "😀'\"\\",
                            new BigDecimal("-1e-40"),
                            "price_per_mark",
                            new BigDecimal("1000000000"))
                    : Map.of();
        } else if (member.getName().equals("rules")) {
            return List.of(with(at(ValuationRule.class, upper), "{\"metric\": \"flat\"}"));
        } else if (type == List.class) {
            return upper
                    ? Collections.nCopies(member.getAnnotation(Size.class).max(), at(Port.class, true))
                    : List.of(at(Port.class, false));
        } else if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return upper ? constants[constants.length - 1] : constants[0];
        }
        // a default would compute what the listing states; the rest are ids
        return type == boolean.class ? upper && !member.getName().equals("isDefault") : null;
    }

    /** Returns characters of four bytes, because limits count characters. */
    private static String text(Size size, boolean web, boolean upper) {
        String start = web ? "https://" : "";
        int length = Math.max(upper ? size.max() - start.length() : size.min(), web ? 1 : 0);
        return start + (upper ? "😀" : "x").repeat(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0001",
                "\ufffe",
                "\u202e",
                "\ud83d\ude00",
                "'",
                "\\",
                "\"",
                "$1",
                ":title",
                "?",
                "<b>",
                "%s",
                "${x}",
                "{}",
                "NULL",
                " ",
                "\r\n"
            })
    void allowEveryCharacterButNul(String text) {
        User ada = fixtures.user("ada");
        List<String> members = Arrays.asList(
                "title", "seller", "device_model", "manufacturer", "series", "model_number", "form_factor", "notes");
        String json = String.join(
                ", ",
                members.stream()
                        .map(member -> "\"" + member + "\": " + Json.text(text))
                        .toList());
        ListingInput input = with(fixtures.plainListing("PC", null), "{" + json + "}");

        requireAsGiven(input, fixtures.listings.create(ada, input));
    }
}
