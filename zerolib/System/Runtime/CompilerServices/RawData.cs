namespace System.Runtime.CompilerServices;

/// <summary>Any object seen as the bytes behind its MethodTable pointer.</summary>
internal sealed class RawData
{
    internal byte Data;
}
