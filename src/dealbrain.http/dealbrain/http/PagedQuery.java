package dealbrain.http;

/** The query of a list that is returned page by page. */
public interface PagedQuery {
    /** Returns the maximum number of elements of the page. */
    int limit();

    /** Returns the number of elements before the page. */
    int offset();

    default PageRequest page() {
        return new PageRequest(limit(), offset());
    }
}
