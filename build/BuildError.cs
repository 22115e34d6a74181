namespace SharpProbe.Build;

/// <summary>What the user did or lacks stops the build: the message is printed without a stack trace and the exit code is 1.</summary>
sealed class BuildError(string message) : Exception(message);
