package dealbrain.listings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cases of a file, one in each line, with fields between bars. {@code @name = text} names a text for later fields.
 */
final class GoldenCases {
    private GoldenCases() {}

    /** Returns the fields of each line, without comments. */
    static List<List<String>> read(String file) {
        List<List<String>> cases = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (String line : lines(file)) {
            if (line.startsWith("@")) {
                names.put(line.substring(0, line.indexOf(" = ")), line.substring(line.indexOf(" = ") + 3));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                cases.add(List.of(line.split(" \\| ", -1)).stream()
                        .map(field -> names.getOrDefault(field, field))
                        .toList());
            }
        }
        return cases;
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of("test/dealbrain.listings/dealbrain/listings", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the elements of a field that is a list, which {@code -} leaves empty. */
    static List<String> list(String field, String separator) {
        return field.equals("-") ? List.of() : List.of(field.split(separator, -1));
    }

    /** Returns the members of a field of the form {@code name=value name=value}. */
    static Map<String, String> members(String field) {
        Map<String, String> members = new LinkedHashMap<>();
        list(field, " ")
                .forEach(member -> members.put(
                        member.substring(0, member.indexOf('=')),
                        member.substring(member.indexOf('=') + 1).replace('_', ' ')));
        return members;
    }
}
