namespace System.Diagnostics;

public sealed class DebuggableAttribute(DebuggableAttribute.DebuggingModes modes) : Attribute
{
    public DebuggingModes DebuggingFlags { get; } = modes;

    [Flags]
    public enum DebuggingModes
    {
        None = 0x0,
        Default = 0x1,
        DisableOptimizations = 0x100,
        IgnoreSymbolStoreSequencePoints = 0x2,
        EnableEditAndContinue = 0x4,
    }
}
