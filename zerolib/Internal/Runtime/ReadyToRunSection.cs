namespace Internal.Runtime;

/// <summary>One row of the table behind <see cref="ReadyToRunHeader"/>.</summary>
internal unsafe struct ReadyToRunSection
{
    internal int Id, Flags;
    internal byte* Start, End;
}
