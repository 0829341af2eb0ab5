package dealbrain.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes an instant in UTC as {@link Instant#toString} does, with none, three, six or nine digits of a second. The formatter of
 * the JDK takes ten times as long, and a page has a thousand of them.
 */
final class InstantSerializer extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantSerializer() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
        LocalDateTime time = LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            json.writeString(value.toString());
            return;
        }
        char[] text = new char[30];
        digits(text, 0, 4, time.getYear());
        text[4] = '-';
        digits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time.getHour());
        text[13] = ':';
        digits(text, 14, 2, time.getMinute());
        text[16] = ':';
        digits(text, 17, 2, time.getSecond());
        int length = fraction(text, value.getNano());
        text[length] = 'Z';
        json.writeString(text, 0, length + 1);
    }

    /** Writes what the nanoseconds need behind the seconds; returns where that ends. */
    private static int fraction(char[] text, int nanos) {
        if (nanos == 0) {
            return 19;
        }
        text[19] = '.';
        digits(text, 20, 9, nanos);
        return nanos % 1_000_000 == 0 ? 23 : nanos % 1_000 == 0 ? 26 : 29;
    }

    private static void digits(char[] text, int from, int count, int number) {
        int left = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + left % 10);
            left /= 10;
        }
    }
}
