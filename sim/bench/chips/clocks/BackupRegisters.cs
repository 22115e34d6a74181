namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>
/// The 32 backup registers of the RTC (RTC_BKPxR, offset 0x50): kept over every reset but that of the backup domain. Calendar, alarms and tamper detection are
/// not modelled.
/// </summary>
public sealed class BackupRegisters : Peripheral
{
    /// <param name="unlocked">PWR's DBP bit.</param>
    public BackupRegisters(Func<bool> unlocked) : base("RTC")
    {
        for (uint i = 0; i < 32; i++)
        {
            Register? register = null;
            register = Add(new()
            {
                Name = $"BKP{i}R", Offset = 0x50 + 4 * i,
                OnWrite = (old, _) =>
                {
                    if (unlocked()) return;
                    register!.Value = old;
                    throw new BenchStop($"RTC.{register.Name} written while the backup domain is locked (DBP = 0)");
                },
            });
        }
    }

    /// <summary>A system reset does not reach the backup domain.</summary>
    public override void Reset() { }

    /// <summary>Power-on, or reset of the backup domain.</summary>
    public void ResetDomain() => base.Reset();
}
