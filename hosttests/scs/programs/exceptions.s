@ One exception of each kind that QEMU models, each logged by its handler: faults with their status and escalation, SVC and its priorities, pended system
@ exceptions and interrupts, floating-point frames with lazy preservation, both stacks, unprivileged accesses.
.include "common.inc"
.section .vec,"a"
.word STACK, start+1
.rept 24
.word handler+1
.endr
.word bad_return+1, float_user+1
.rept 20
.word handler+1
.endr
.text
@ Logs 16 words: IPSR MSP PSP EXC_RETURN, CFSR HFSR MMFAR BFAR, ICSR SHCSR and the stacked PC and xPSR, FPCCR FPCAR CONTROL BASEPRI. Then clears the fault status and
@ goes on at r11 if that is not 0. r12 = 0x55 asks for privilege, 0x77 for a return to thread whatever LR says.
.thumb_func
handler:
  mrs r0, ipsr
  mrs r1, msp
  mrs r2, psp
  tst lr, #4
  ite eq
  moveq r3, r1
  movne r3, r2
  stmia r10!, {r0, r1, r2, lr}
  ldr r4, =0xE000ED00
  mov r5, #0
  str r5, [r4, #0x94]   @ MPU off, so that a frame in the guard can be read
  settle
  ldr r5, [r4, #0x28]
  ldr r6, [r4, #0x2c]
  ldr r7, [r4, #0x34]
  tst r5, #0x80
  it eq
  moveq r7, #0          @ MMFAR is unknown unless MMARVALID
  ldr r8, [r4, #0x38]
  tst r5, #0x8000
  it eq
  moveq r8, #0
  stmia r10!, {r5, r6, r7, r8}
  ldr r5, [r4, #4]
  ldr r6, [r4, #0x24]
  ldr r7, [r3, #24]
  cmp r0, #12
  it hi
  movhi r7, #0          @ when a pended interrupt is taken after the store is not architectural: QEMU waits for the barrier
  cmp r0, #2
  it eq
  moveq r7, #0
  ldr r8, [r4, #0x28]
  tst r8, #0x40000      @ INVPC: the frame is the interrupt's
  it ne
  movne r7, #0
  ldr r8, [r3, #28]
  stmia r10!, {r5, r6, r7, r8}
  ldr r4, =0xE000EF34
  ldr r5, [r4]
  bic r5, r5, #0x400    @ UFRDY belongs to ARMv8-M; QEMU sets it on its M7
  tst r5, #1
  ite ne
  ldrne r6, [r4, #4]
  moveq r6, #0
  mrs r7, control
  mrs r8, basepri
  stmia r10!, {r5, r6, r7, r8}
  ldr r4, =0xE000ED00
  ldr r5, [r4, #0x28]
  str r5, [r4, #0x28]
  ldr r6, [r4, #0x2c]
  str r6, [r4, #0x2c]
  cmp r12, #0x55
  itt eq
  moveq r0, #0
  msreq control, r0
  cmp r12, #0x77
  itt eq
  mvneq lr, #6
  moveq r12, #0
  cmp r11, #0
  beq 1f
  str r11, [r3, #24]
  ldr r6, [r3, #28]
  and r6, r6, #0x200
  orr r6, r6, #0x01000000
  str r6, [r3, #28]
1:bx lr

@ Interrupt 10 returns by the value in r5; interrupt 11 uses the FPU and logs what it found saved.
.thumb_func
bad_return: bx r5
.thumb_func
float_user:
  vmov s0, r5
  ldr r4, =0xE000EF34
  ldr r0, [r4]
  ldr r1, [r4, #4]
  ldr r2, [r1]
  ldr r3, [r1, #64]
  bic r0, r0, #0x400
  stmia r10!, {r0, r1, r2, r3}
  bx lr

.macro resume label
  ldr r11, =\label
.endm
.global start
.thumb_func
start:
  mov r0, #0
  msr apsr_nzcvq, r0
  ldr r10, =LOG
  mov r11, #0
  ldr r4, =0xE000ED00
  @ 1 udf -> HardFault
  resume 1f
  udf #0
1:ldr r4, =0xE000ED00
  mov r0, #0x70000
  str r0, [r4, #0x24]
  @ 2 udf -> usage
  resume 1f
  nop
  udf #0
1:@ 3 div by zero
  ldr r4, =0xE000ED00
  ldr r0, [r4, #0x14]
  orr r0, #0x10
  str r0, [r4, #0x14]
  mov r1, #0
  resume 1f
  sdiv r0, r0, r1
1:resume 1f
  udiv r0, r0, r1
1:@ 5 unaligned ldrd
  ldr r1, =0x20001002
  resume 1f
  ldrd r2, r3, [r1]
1:resume 1f
  ldm r1, {r2,r3}
1:nop
  @ load from nowhere
  ldr r1, =0x90000000
  resume 1f
  ldr r2, [r1, #8]
1:@ NOCP
  resume 1f
  vmov s0, r0
1:resume 1f
  vldr s0, [r1]
1:resume 1f
  .word 0x0110ee10  @ mrc p1 
1:resume 1f
  ldr r0, =0x200
  bx r0
1:resume 1f
  ldr r0, =0x40000001
  bx r0
1:resume 1f
  ldr r0, =0xE0000001
  bx r0
1:resume 1f
  ldr r0, =0x90000001
  bx r0
1:@ SVC
  mov r11, #0
  svc 7
  @ svc in an IT block
  cmp r0, r0
  ittt eq
  nopeq
  svceq 8
  nopeq
  @ svc with primask -> hardfault forced; returns to next
  cpsid i
  svc 9
  cpsie i
  @ svc with basepri 
  mov r0, #0x80
  msr basepri, r0
  svc 10
  ldr r4, =0xE000ED1C
  mov r0, #0xC0000000
  str r0, [r4]   @ SVC prio C0
  svc 11
  mov r0, #0
  msr basepri, r0
  ldr r4, =0xE000ED1C
  str r0, [r4]
  @ basepri_max
  mov r0, #0x40
  msr basepri_max, r0
  mov r0, #0x60
  msr basepri_max, r0
  mov r0, #0
  msr basepri_max, r0
  svc 12
  mrs r0, basepri
  stmia r10!, {r0}
  msr basepri, r0
  mov r0, #0x23
  msr basepri, r0
  mrs r1, basepri
  mrs r2, basepri_max
  stmia r10!, {r1, r2}
  mov r0, #0
  msr basepri, r0
  @ PendSV, SysTick and NMI together
  ldr r4, =0xE000ED00
  ldr r0, =0x40800000 @ SHPR3: systick 0x40, pendsv 0x80
  str r0, [r4, #0x20]
  ldr r0, =0x14000000
  cpsid i
  str r0, [r4, #4]
  ldr r0, [r4, #4]
  stmia r10!, {r0}
  ldr r0, [r4, #0x24]
  stmia r10!, {r0}
  cpsie i
  settle
  ldr r0, =0x90000000
  str r0, [r4, #4]
  settle
  @ external irqs 0..3 with priorities: 0:80 1:40 2:40 3:20, via ISPR under primask
  ldr r4, =0xE000E100
  cpsid i
  mov r0, #15
  str r0, [r4]
  ldr r1, =0xE000E400
  ldr r0, =0x20404080
  str r0, [r1]
  ldr r1, =0xE000E200
  mov r0, #15
  str r0, [r1]
  ldr r0, [r1]
  stmia r10!, {r0}
  ldr r4, =0xE000ED00
  ldr r0, [r4, #4]
  stmia r10!, {r0}
  cpsie i
  settle
  @ STIR
  ldr r4, =0xE000EF00
  mov r0, #2
  str r0, [r4]
  settle
  @ invalid EXC_RETURN values
  mov r11, #0
  mov r12, #0x77
  ldr r4, =0xE000E100
  mov r0, #0xc00
  str r0, [r4]
  ldr r1, =0xE000E408
  ldr r0, =0x80800000
  str r0, [r1]
  .irp value, 0xfffffff5, 0xfffffff0, 0xfffffff1
  mov r5, #\value
  ldr r6, =0xE000EF00
  mov r7, #10
  str r7, [r6]
  settle
  .endr
  mov r12, #0
  @ FP context
  ldr r4, =0xE000ED88
  ldr r0, =0xf00000
  str r0, [r4]
  settle
  ldr r0, =0x3f800000
  vmov s0, r0
  mrs r0, control
  stmia r10!, {r0}
  svc 20
  ldr r5, =0x40000000
  ldr r6, =0xE000EF00
  mov r7, #11
  str r7, [r6]
  settle
  vmov r0, s0
  mrs r1, control
  stmia r10!, {r0, r1}
  @ the same with the FPU registers stacked at once
  ldr r4, =0xE000EF34
  mov r0, #0x80000000
  str r0, [r4]
  settle
  str r7, [r6]
  settle
  vmov r0, s0
  stmia r10!, {r0}
  mov r0, #0xc0000000
  str r0, [r4]
  settle
  @ process stack, misaligned
  ldr r0, =PSTACK-4
  msr psp, r0
  mov r0, #2
  msr control, r0
  isb
  svc 21
  @ FP active on psp
  vmov s1, r0
  svc 22
  mrs r0, control
  mov r1, sp
  stmia r10!, {r0, r1}
  ldr r4, =0xE000ED00
  @ stacking into an MPU guard: SVC is preempted by MemManage, then tail-chained
  ldr r4, =0xE000ED90
  mov r0, #0
  str r0, [r4, #8]
  ldr r0, =PSTACK-0x100
  str r0, [r4, #12]
  ldr r0, =0x000B000F    @ 256 bytes, no access
  str r0, [r4, #16]
  mov r0, #2
  msr control, r0        @ no floating-point context
  isb
  ldr r0, =PSTACK
  msr psp, r0
  ldr r4, =0xE000ED90
  mov r0, #5
  str r0, [r4, #4]
  settle
  resume 1f
  svc 30
1:ldr r0, =PSTACK-0x20
  msr psp, r0
  ldr r4, =0xE000ED90
  mov r0, #5
  str r0, [r4, #4]
  settle
  resume 1f
  push {r0, r4}
1:ldr r0, =PSTACK-0x200
  msr psp, r0
  ldr r4, =0xE000ED00
  vmov s1, r0
  @ unprivileged
  resume 2f
  mov r0, #7
  msr control, r0
  isb
  ldr r0, [r4]
  nop
2:resume 1f
  mov r0, #0
  mrs r1, basepri
  cpsid i
  mrs r2, primask
  mrs r3, control
  stmia r10!, {r1,r2,r3}
  str r0, [r4, #0x14]
1:mov r11, #0
  svc 23
  @ privileged again
  mov r12, #0x55
  svc 24
done:
  finish
