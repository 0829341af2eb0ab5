package dealbrain.web;

import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a form: the errors of the API for each field, and those that belong to no field. A field has the
 * name of the member of the input that it is for; {@code a.b} is the member {@code b} of the member {@code a}.
 */
final class FormErrors {
    static final FormErrors NONE = new FormErrors();

    /** Problems without a pointer that are about one field. */
    private static final Map<String, String> FIELDS = Map.of(
            "username-taken",
            "username",
            "email-taken",
            "email",
            "invite-invalid",
            "invite",
            "duplicate-listing",
            "vendor_item_id");

    private final Map<String, String> byField = new LinkedHashMap<>();
    private String summary = "";
    private int status = 422;

    private FormErrors() {}

    static FormErrors of(ProblemException e) {
        FormErrors errors = new FormErrors();
        errors.status = e.type().status();
        if (e.errors().isEmpty()) {
            String field = FIELDS.get(e.type().code());
            errors.add(field == null ? "" : field, String.valueOf(e.getMessage()));
        }
        e.errors().forEach(errors::add);
        return errors;
    }

    private void add(InputError error) {
        String pointer = error.pointer();
        if (pointer == null) {
            add(String.valueOf(error.parameter()), error.detail());
        } else {
            add(pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.'), error.detail());
        }
    }

    private void add(String field, String text) {
        if (field.isEmpty()) {
            summary = summary.isEmpty() ? text : summary + "; " + text;
        } else {
            byField.merge(field, text, (first, second) -> first + "; " + second);
        }
    }

    /**
     * Returns the error of a field, and marks it as shown; empty for none. Texts of the API start with the name of the
     * member, in place of which people read the label.
     */
    String take(String field, String label) {
        String text = byField.remove(field);
        if (text == null) {
            return "";
        }
        String member = field.substring(field.lastIndexOf('.') + 1);
        return sentence(
                text.replaceAll("(^|; )" + Pattern.quote(member) + "\\b", "$1" + Matcher.quoteReplacement(label))
                        .replace(" or null", "")); // an empty field
    }

    /** Returns the errors that no field has taken. Must be called after all fields were made. */
    String rest() {
        String rest = String.join("; ", byField.values());
        return sentence(summary.isEmpty() || rest.isEmpty() ? summary + rest : summary + "; " + rest);
    }

    /** Texts of the API start in lower case. */
    private static String sentence(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Returns the status of the page that shows the errors. */
    int status() {
        return status;
    }
}
