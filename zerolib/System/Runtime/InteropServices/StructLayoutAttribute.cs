namespace System.Runtime.InteropServices;

public sealed class StructLayoutAttribute(LayoutKind layoutKind) : Attribute
{
    public LayoutKind Value { get; } = layoutKind;
    public int Pack;
    public int Size;
    public CharSet CharSet;
}
