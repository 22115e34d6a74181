namespace System.Runtime.CompilerServices;

/// <summary>The compiler knows this member and may put instructions in its place.</summary>
internal sealed class IntrinsicAttribute : Attribute;
