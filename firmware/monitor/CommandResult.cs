namespace SharpProbe.Monitoring;

public enum CommandResult : byte
{
    Done,
    /// <summary>The text says why.</summary>
    Failed,
    /// <summary>No table has it.</summary>
    Unknown,
}
