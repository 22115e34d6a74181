namespace SharpProbe.Target.Stm32;

/// <summary>What differs between the families with an FPEC: where the device electronic signature is and which key opens the read protection.</summary>
enum FpecKind : byte { F1 = 1, Gd32E23x = 2, F0F3 = 3 }
