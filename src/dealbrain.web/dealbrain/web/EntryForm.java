package dealbrain.web;

import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import java.util.List;

/** A form that starts a session: to sign in, or to sign up. */
interface EntryForm {
    /** Returns the name of the template, which is that of the page, too. */
    String name();

    String title();

    List<Field> fields(Fields fields);

    /**
     * Starts the session.
     *
     * @return the request as one of the user
     * @throws ProblemException what is wrong with the form
     */
    Request enter(Request request, Form form);
}
