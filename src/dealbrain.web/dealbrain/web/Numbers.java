package dealbrain.web;

import java.math.BigDecimal;

/** Reads the numbers of forms for JSON. */
final class Numbers {
    private Numbers() {}

    /** Returns the integer, or the text itself if it is none, about which the API then says what is allowed. */
    static Object integer(String text) {
        return text.matches("-?[0-9]{1,15}") ? (Object) Long.valueOf(text) : text;
    }

    /** Returns the decimal number, also with a comma, or the text itself if it is none. */
    static Object decimal(String text) {
        String point = text.replace(',', '.');
        return point.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?") ? (Object) new BigDecimal(point) : text;
    }
}
