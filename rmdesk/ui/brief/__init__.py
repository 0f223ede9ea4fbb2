"""The visit brief and the client's file as documents."""
