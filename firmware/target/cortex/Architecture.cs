namespace SharpProbe.Target.Cortex;

/// <summary>What a core's debug blocks and register set depend on.</summary>
enum Architecture : byte { V6M, V7M, V8MBaseline, V8MMainline }
