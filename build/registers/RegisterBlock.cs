namespace SharpProbe.Build.Registers;

/// <summary>A register block to generate: the struct's name, the SVD peripheral that has its layout, and the instances.</summary>
sealed record RegisterBlock(string Name, string Layout, string[] Instances);
