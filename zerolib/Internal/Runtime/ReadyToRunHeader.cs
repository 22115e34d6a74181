namespace Internal.Runtime;

/// <summary>Head of the table of sections that ilc puts into an image.</summary>
internal struct ReadyToRunHeader
{
    internal uint Signature;
    internal ushort MajorVersion, MinorVersion;
    internal uint Flags;
    internal ushort NumberOfSections;
    internal byte EntrySize, EntryType;
}
