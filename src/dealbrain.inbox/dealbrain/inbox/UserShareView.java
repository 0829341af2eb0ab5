package dealbrain.inbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;

/** What somebody sees of a share from user to user: all of it, or what its token alone opens. */
@JsonSubTypes({@JsonSubTypes.Type(UserShare.class), @JsonSubTypes.Type(UserSharePreview.class)
}) // for the OpenAPI document
public sealed interface UserShareView permits UserShare, UserSharePreview {}
