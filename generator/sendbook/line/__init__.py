"""What the processes of `sendbook serve` say to each other: frozen messages, as JSON lines over Unix sockets."""
