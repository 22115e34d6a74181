namespace System.Runtime.CompilerServices;

/// <summary>Any one-dimensional array seen as its length and the bytes of its elements.</summary>
internal sealed class RawArrayData
{
    internal uint Length;
    internal byte Data;
}
