package dealbrain.app;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A command of the program other than the start of the server: {@code dealbrain NAME PARAMETER…}.
 *
 * @param parameters the names of its parameters, all of them required
 */
record Command(String name, List<String> parameters, String description, Action action) {
    static final List<Command> ALL = List.of(
            new Command("doctor", List.of(), "check the configuration, the database and Redis", Command::doctor),
            new Command("backup", List.of("FILE"), "write all data to a new file; - is the output", BackupCommand::run),
            new Command("restore", List.of("FILE"), "read a backup into an empty database", RestoreCommand::run),
            new Command("help", List.of(), "list the commands", Command::help));

    /** Runs a command. Returns whether it succeeded. */
    interface Action {
        boolean run(List<String> arguments, Map<String, String> variables);
    }

    /** Runs the command that {@code arguments} name. Returns the exit status. */
    static int run(String... arguments) {
        Optional<Command> command =
                ALL.stream().filter(each -> each.isNamed(arguments[0])).findFirst();
        if (command.isEmpty()) {
            printError("unknown command: " + arguments[0] + "\n" + usage());
            return 1;
        }
        List<String> others = Arrays.asList(arguments).subList(1, arguments.length);
        if (others.size() != command.get().parameters().size()) {
            printError("usage: dealbrain " + command.get().form());
            return 1;
        }
        LogConfigurator.silence();
        return command.get().action().run(others, System.getenv()) ? 0 : 1;
    }

    private boolean isNamed(String argument) {
        return argument.equals(name)
                || (name.equals("help") && List.of("-h", "--help").contains(argument));
    }

    private String form() {
        return (name + " " + String.join(" ", parameters)).strip();
    }

    private static String usage() {
        return ALL.stream()
                .map(command -> String.format("  dealbrain %-14s %s%n", command.form(), command.description()))
                .collect(Collectors.joining(
                        "",
                        String.format("usage:%n  dealbrain %-14s start the server%n", ""),
                        "Environment variables configure all of them (docs/configuration.md)."));
    }

    private static boolean doctor(List<String> arguments, Map<String, String> variables) {
        return Doctor.examine(variables, System.out);
    }

    private static boolean help(List<String> arguments, Map<String, String> variables) {
        print(usage());
        return true;
    }

    static void print(String text) {
        PrintStream out = System.out;
        out.println(text);
    }

    static void printError(@Nullable String text) {
        PrintStream err = System.err;
        err.println(text);
    }
}
