/** How far a positive prediction was off, as a share either way: twice as much and half as much are both 100 %. */
export function shareOff(predicted: number, measured: number): number {
  return Math.exp(Math.abs(Math.log(predicted / measured))) - 1;
}
