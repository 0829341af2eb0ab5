package dealbrain.testing;

/**
 * Counts the commands in what a client of Redis sends, also when they arrive in pieces: arrays of bulk strings, and
 * lines ("inline commands"). It never fails; of what is not RESP it counts the lines. For one thread.
 */
final class RequestCounter {
    private long arguments; // that the command being read still lacks
    private long skip; // bytes that the argument being read still lacks, with the end of its line
    private int first; // of the line being read, 0 before it
    private long number; // in the line being read

    /** How many commands end within these bytes. */
    int count(byte[] bytes) {
        int ended = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (skip > 0) {
                int step = (int) Math.min(skip, bytes.length - i);
                i += step - 1;
                skip -= step;
                ended += skip == 0 ? argument() : 0;
            } else if (bytes[i] == '\n') {
                ended += line();
            } else {
                read(bytes[i]);
            }
        }
        return ended;
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
