package dealbrain.http;

import java.util.List;
import java.util.Locale;

/** Evaluates the headers {@code Accept} and {@code Accept-Encoding} (RFC 9110, sections 12.5.1 and 12.5.3). */
final class ContentNegotiation {
    private ContentNegotiation() {}

    /** Returns whether the header {@code Accept} allows one of the media types. A blank header allows all. */
    static boolean allows(String header, List<String> mediaTypes) {
        return header.isBlank() || mediaTypes.stream().anyMatch(type -> allows(header, type));
    }

    private static boolean allows(String header, String mediaType) {
        String withoutParameters = mediaType.replaceFirst(";.*", "");
        String allSubtypes = mediaType.replaceFirst("/.*", "/*");
        return weight(header, withoutParameters, allSubtypes, "*/*") > 0;
    }

    /** Returns whether the header {@code Accept} names HTML, as browsers do, and weighs JSON less. */
    static boolean prefersHtml(String header) {
        return html(header) > json(header);
    }

    /** Returns whether the header {@code Accept} names JSON, and weighs HTML less. */
    static boolean prefersJson(String header) {
        return json(header) > html(header);
    }

    private static double html(String header) {
        return weight(header, "text/html", "application/xhtml+xml");
    }

    private static double json(String header) {
        return Math.max(weight(header, Response.JSON), weight(header, Response.PROBLEM));
    }

    /** Returns whether the header {@code Accept-Encoding} weighs gzip at least as much as the uncompressed body. */
    static boolean prefersGzip(String header) {
        double gzip = weight(header, "gzip", "x-gzip", "*");
        return gzip > 0 && gzip >= weight(header, "identity");
    }

    /**
     * Returns the weight of the first of {@code names} that the header contains; 0 if it contains none.
     *
     * @param names ordered from the most to the least specific
     */
    private static double weight(String header, String... names) {
        for (String name : names) {
            for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = element.split(";", -1);
                if (parts[0].strip().equals(name)) {
                    return weight(parts);
                }
            }
        }
        return 0;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.matches("q=[01](\\.\\d{0,9})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
