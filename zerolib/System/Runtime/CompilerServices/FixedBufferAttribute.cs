namespace System.Runtime.CompilerServices;

public sealed class FixedBufferAttribute(Type elementType, int length) : Attribute
{
    public Type ElementType { get; } = elementType;
    public int Length { get; } = length;
}
