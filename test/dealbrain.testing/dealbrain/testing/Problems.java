package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.http.ProblemException;
import org.junit.jupiter.api.function.Executable;

/** Expects problems. */
public final class Problems {
    private Problems() {}

    /** Fails unless the work ends in a problem of the type with this code. Returns the problem. */
    public static ProblemException problem(String code, Executable work) {
        ProblemException problem = assertThrows(ProblemException.class, work);
        assertEquals(code, problem.type().code(), problem::getMessage);
        return problem;
    }

    /** Fails unless the work ends in a problem with this status. Returns the problem. */
    public static ProblemException problem(int status, Executable work) {
        ProblemException problem = assertThrows(ProblemException.class, work);
        assertEquals(status, problem.type().status(), problem::getMessage);
        return problem;
    }
}
