namespace System.Runtime.CompilerServices;

public sealed class TupleElementNamesAttribute(string?[] transformNames) : Attribute;
