package dealbrain.testing;

/**
 * Counts the commands in the bytes that a Redis client sends: arrays of bulk strings, and lines ("inline commands").
 * Commands may arrive in several parts. Never fails: of bytes that are not RESP it counts the lines. Not thread-safe.
 */
final class RequestCounter {
    private long arguments; // missing of the current command
    private long skip; // bytes missing of the current argument, with its CR LF
    private int first; // character of the current line, 0 before it
    private long number; // in the current line

    /** Returns how many commands end within {@code bytes}, which continue those of the last call. */
    int count(byte[] bytes) {
        int complete = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (skip > 0) {
                int step = (int) Math.min(skip, bytes.length - i);
                i += step - 1;
                skip -= step;
                complete += skip == 0 ? argument() : 0;
            } else if (bytes[i] == '\n') {
                complete += line();
            } else {
                read(bytes[i]);
            }
        }
        return complete;
    }

    private void read(byte each) {
        if (first == 0 && each != '\r') {
            first = each;
            number = 0;
        } else if (Character.isDigit(each)) {
            number = number * 10 + each - '0';
        }
    }

    private int line() {
        int kind = first;
        first = 0;
        switch (kind) {
            case 0 -> { // an empty line
                return 0;
            }
            case '*' -> {
                arguments = number;
                return 0;
            }
            case '$' -> {
                skip = number + 2;
                return 0;
            }
            default -> {
                return 1;
            }
        }
    }

    private int argument() {
        arguments--;
        return arguments == 0 ? 1 : 0;
    }
}
