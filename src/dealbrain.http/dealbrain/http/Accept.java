package dealbrain.http;

import java.util.List;
import java.util.Locale;

/** Content negotiation (RFC 9110, sections 12.5.1 and 12.5.3). */
final class Accept {
    private Accept() {}

    /** Whether a header {@code Accept} lets through one of the media types; an empty one lets through all. */
    static boolean allows(String header, List<String> mediaTypes) {
        return header.isBlank()
                || mediaTypes.stream()
                        .anyMatch(type ->
                                quality(header, type.replaceFirst(";.*", ""), type.replaceFirst("/.*", "/*"), "*/*")
                                        > 0);
    }

    /** Whether a header {@code Accept-Encoding} asks for gzip at least as much as for the plain bytes. */
    static boolean prefersGzip(String header) {
        double gzip = quality(header, "gzip", "x-gzip", "*");
        return gzip > 0 && gzip >= quality(header, "identity");
    }

    /** The weight of the first of the names, from the most to the least specific, that the header mentions; 0 if none. */
    private static double quality(String header, String... names) {
        for (String name : names) {
            for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] terms = part.split(";", -1);
                if (terms[0].strip().equals(name)) {
                    return weight(terms);
                }
            }
        }
        return 0;
    }

    private static double weight(String[] terms) {
        for (int i = 1; i < terms.length; i++) {
            String term = terms[i].strip();
            if (term.matches("q=[01](\\.\\d{0,9})?")) {
                return Double.parseDouble(term.substring(2));
            }
        }
        return 1;
    }
}
