package dealbrain.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes an instant in UTC, with the same text as {@link Instant#toString}: the fraction has no, three, six or nine
 * digits. The formatter of the JDK takes ten times as long, and a page contains a thousand instants.
 */
final class InstantSerializer extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;
    private static final int FRACTION_START = 19;

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
        writeDigits(text, 0, 4, time.getYear());
        text[4] = '-';
        writeDigits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        writeDigits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        writeDigits(text, 11, 2, time.getHour());
        text[13] = ':';
        writeDigits(text, 14, 2, time.getMinute());
        text[16] = ':';
        writeDigits(text, 17, 2, time.getSecond());
        int end = writeFraction(text, value.getNano());
        text[end] = 'Z';
        json.writeString(text, 0, end + 1);
    }

    /** Returns the index after the fraction. */
    private static int writeFraction(char[] text, int nanos) {
        if (nanos == 0) {
            return FRACTION_START;
        }
        text[FRACTION_START] = '.';
        writeDigits(text, FRACTION_START + 1, 9, nanos);
        return FRACTION_START + 1 + fractionDigits(nanos);
    }

    private static int fractionDigits(int nanos) {
        if (nanos % 1_000_000 == 0) {
            return 3;
        }
        return nanos % 1_000 == 0 ? 6 : 9;
    }

    private static void writeDigits(char[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
