namespace System.Runtime.CompilerServices;

public sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute;
